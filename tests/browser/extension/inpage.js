/** In the page: MetaMask's own provider, announced by EIP-6963, at the end of a stream to the content script. */

import { WindowPostMessageStream } from "@metamask/post-message-stream";
import { initializeProvider } from "@metamask/providers/initializeInpageProvider";

import { CONTENT, PAGE } from "./names.js";

initializeProvider({
  connectionStream: new WindowPostMessageStream({ name: PAGE, target: CONTENT }),
  shouldSendMetadata: false,
  shouldShimWeb3: false,
  providerInfo: {
    uuid: "350670db-19fa-4704-a166-e52e178b59d2",
    name: "Extension Wallet",
    icon: "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E",
    rdns: "test.zbor.extension",
  },
});
