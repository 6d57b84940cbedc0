/** What the wallet's modules expect of Node and a browser does not have. */

export { Buffer } from "buffer/";
export { default as process } from "process/browser";
