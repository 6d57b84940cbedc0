/** What the parts of the extension call each other. */

export const PAGE = "zbor-test-wallet:page";
export const CONTENT = "zbor-test-wallet:content";
