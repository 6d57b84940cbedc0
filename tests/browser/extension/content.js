/** Between the page and the service worker: a stream on each side. */

import { WindowPostMessageStream } from "@metamask/post-message-stream";
import PortStream from "extension-port-stream";

import { CONTENT, PAGE } from "./names.js";

const page = new WindowPostMessageStream({ name: CONTENT, target: PAGE });
const worker = new PortStream(chrome.runtime.connect({ name: CONTENT }));
page.pipe(worker).pipe(page);
