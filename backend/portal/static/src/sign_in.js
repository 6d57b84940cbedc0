/** The page for signing in. */

import { Signing } from "./signing.js";
import { Stage, readPage } from "./stage.js";

const root = document.querySelector("[data-page]");
const stage = new Stage(root, readPage(root));
const next = root.querySelector("[data-next]");

/** Only ever a page of our own: another address would be somebody else's. */
function nextAddress(caller) {
  const wanted = new URLSearchParams(location.search).get("next") ?? "/organisation";
  const address = new URL(wanted.startsWith("/") && !wanted.startsWith("//") ? wanted : "/organisation", location.origin);
  if (address.origin !== location.origin) return "/organisation";
  const code = stage.page.members[caller.member]?.code;
  if (code) address.searchParams.set("organisation", code);
  return address.href; // Whole: a path of its own may begin with two slashes, and lead to another host.
}

new Signing(stage, (caller) => {
  stage.show("next", caller !== null);
  if (caller) next.href = nextAddress(caller);
}).start();
