/** The drafts of an organisation: open one, or erase it. */

import { ask } from "./service.js";
import { Signing } from "./signing.js";
import { Stage, readPage } from "./stage.js";

const root = document.querySelector("[data-page]");
const stage = new Stage(root, readPage(root));
const list = root.querySelector("[data-drafts]");
const template = root.querySelector("[data-draft-template]");

function itemOf(draft) {
  const item = template.content.firstElementChild.cloneNode(true);
  const put = (name, text) => (item.querySelector(`[data-${name}]`).textContent = text);
  const kind = stage.page.kinds[draft.kind] ?? draft.kind;
  put("kind", kind);
  put("when", stage.moment(draft.saved_at));
  put("open", draft.title || kind);
  item.querySelector("[data-open]").href = `/propose/${encodeURIComponent(draft.kind)}?draft=${draft.id}`;
  const [remove, sure] = ["remove", "sure"].map((name) => item.querySelector(`[data-${name}]`));
  remove.addEventListener("click", () => {
    sure.hidden = false;
    sure.focus();
  });
  sure.addEventListener("click", () => erase(draft, item));
  return item;
}

async function erase(draft, item) {
  try {
    await ask("DELETE", `/v1/drafts/${draft.id}`);
    item.remove();
    stage.say("draft_removed");
  } catch (error) {
    await trouble(error);
  }
  stage.lead();
}

async function trouble(error) {
  const { code, facts } = await signing.heard(error);
  stage.say(code, facts, "trouble");
}

const signing = new Signing(stage, async (caller) => {
  list.replaceChildren();
  stage.tell("");
  if (!caller) return;
  try {
    const { items } = await ask("GET", "/v1/drafts");
    list.replaceChildren(...items.map(itemOf));
    if (items.length === 0) stage.say("no_drafts");
  } catch (error) {
    await trouble(error);
  }
});
signing.start();
