/** What will be published, as its readers will see it. */

import { Refused } from "./service.js";

/** Its calls, in the words of the page that will show them. */
export async function previewCalls(place, kind, calls) {
  const answer = await fetch(`/propose/${encodeURIComponent(kind)}/preview`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ calls }),
  });
  if (!answer.ok) throw new Refused(answer.status, { detail: String(answer.status) });
  const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...fragment.body.childNodes);
}

/** Its text in each language; of several, the authentic one is sealed as such. */
export function previewTexts(place, { texts, authoritative }, stage) {
  const isSealed = (language) => language === authoritative && Object.keys(texts).length > 1;
  const seal = () => Object.assign(element("p", stage.sentence("authentic"), "seal"), { lang: stage.page.language });
  const articles = Object.entries(texts).map(([language, text]) => {
    const article = Object.assign(document.createElement("article"), { lang: language });
    article.append(element("h3", text.title));
    if (isSealed(language)) article.append(seal());
    if (text.summary) article.append(element("p", text.summary, "text-summary"));
    if (text.body) article.append(element("p", text.body, "prose"));
    return article;
  });
  place.replaceChildren(...articles);
}

function element(tag, textContent, className = "") {
  return Object.assign(document.createElement(tag), { textContent, className });
}
