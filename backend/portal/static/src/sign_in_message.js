/**
 * The message of Sign-In with Ethereum (EIP-4361), written here. Of what the service gives out only the number used once
 * and the times are taken, and only if they look like that: nobody is made to sign a text of the service's choice.
 */

import { getAddress } from "viem/utils";

const STATEMENT =
  "Sign in to read and hand in what belongs to your organisation. This costs nothing and sends no transaction.";
const TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z";

/** @param {string} invitation the service's own draft of the message */
export function signInMessage(invitation, { host, origin, address, chainId }) {
  const nonce = part(invitation, "Nonce", "[A-Za-z0-9]{8,64}");
  const issued = part(invitation, "Issued At", TIME);
  const expires = part(invitation, "Expiration Time", TIME);
  return [
    `${host} wants you to sign in with your Ethereum account:`,
    getAddress(address),
    "",
    STATEMENT,
    "",
    `URI: ${origin}/v1/sign-in`,
    "Version: 1",
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issued}`,
    `Expiration Time: ${expires}`,
  ].join("\n");
}

function part(text, name, shape) {
  const found = new RegExp(`^${name}: (${shape})$`, "m").exec(text);
  if (!found) throw new Error(`sign-in message: ${name}`);
  return found[1];
}
