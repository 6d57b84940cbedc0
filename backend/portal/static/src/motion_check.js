/** From what stands in the form to a text, its calls and an opening, or to what is not in order yet. */

import { FieldError, encodeAct, oneLine, readAct } from "./acts.js";
import { holdsUnseen, normal } from "./document.js";

const MOST = { title: 200, summary: 2_000, body: 200_000 };

/**
 * Check the form, mark what is not in order, and give what is.
 * @returns {{acts: {act: string, values: object}[], document: object, opening: object | null} | null}
 */
export function checkedMotion(form, state) {
  form.clearErrors();
  const found = {
    acts: checkedActs(form, state),
    texts: checkedTexts(form, state),
    reference: checkedReference(form, state),
    opening: checkedOpening(form, state),
  };
  if (Object.values(found).includes(undefined)) return null;
  const { acts, texts, reference, opening } = found;
  return { acts, document: documentOf(form, state, texts, reference), opening };
}

/** The calls, once the text has its hash. */
export function callsOf(page, acts, textHash) {
  return acts.map(({ act, values }) => encodeAct(page, act, values, textHash));
}

function checkedActs(form, state) {
  if (state.acts.length === 0) return void form.markPart("acts", "NO_ACT");
  let good = true;
  const acts = state.acts.map(({ act, fields }, index) => {
    const { values, errors } = readAct(form.page.acts[act], fields);
    for (const error of errors) {
      form.mark(form.placeOf(form.acts.children[index], error.field), error.code, error.facts);
      good = false;
    }
    return { act, values };
  });
  return good ? acts : undefined;
}

function checkedTexts(form, state) {
  const written = Object.entries(state.texts).filter(([, text]) => Object.values(text).some((part) => part.trim()));
  if (written.length === 0) return void form.markPart("texts", "NO_TEXT");
  let good = true;
  const texts = {};
  for (const [language, text] of written) {
    const part = form.texts.querySelector(`[data-language="${language}"]`);
    texts[language] = {};
    for (const [name, most] of Object.entries(MOST)) {
      const code = wrongWith(name, text[name], most);
      if (code) {
        form.mark(form.placeOf(part, name), code, { most });
        good = false;
      }
      texts[language][name] = normal(text[name]).trim();
    }
  }
  if (!(state.authoritative in texts) && written.length > 1) return void form.markPart("texts", "NO_AUTHORITATIVE");
  return good ? texts : undefined;
}

function wrongWith(name, text, most) {
  const kept = normal(text).trim();
  if (name === "title" && !kept) return "FIELD_EMPTY";
  if ([...kept].length > most) return "FIELD_TOO_LONG";
  return holdsUnseen(kept, name === "title") ? "FIELD_CHARACTERS" : null;
}

function checkedReference(form, state) {
  const reference = normal(state.reference).trim();
  if (!reference) return "";
  try {
    return oneLine(reference, "reference", 64);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return void form.mark(form.placeOf(form.root, "reference"), error.code, error.facts);
  }
}

/** Null for as soon as the notice allows. */
function checkedOpening(form, state) {
  if (state.opens === "soon") return null;
  if (state.opens !== "then") return void form.markPart("opens", "NO_TIME");
  const second = Math.floor(new Date(state.opens_at).getTime() / 1000);
  const place = form.placeOf(form.root, "opens_at");
  if (!Number.isFinite(second)) return void form.mark(place, "FIELD_MOMENT");
  return { second, extraordinary: state.extraordinary };
}

function documentOf(form, state, texts, reference) {
  const languages = Object.keys(texts);
  return {
    type: "zbor/proposal",
    version: 1,
    authoritative: languages.length === 1 ? languages[0] : state.authoritative,
    reference,
    texts: Object.fromEntries(languages.map((language) => [language, headed(form.page, state, language, texts[language])])),
    attachments: state.files.map(({ name, sha256, size }) => ({ name: normal(name), sha256, size })),
  };
}

/** Particulars stand at the head of the full text, in its language where the portal speaks it. */
function headed(page, state, language, text) {
  const lines = page.particulars
    .map(({ name, labels }) => [labels[language] ?? labels.en, normal(state.particulars[name] ?? "").trim()])
    .filter(([, value]) => value)
    .map(([label, value]) => `${label}: ${value}`);
  return lines.length ? { ...text, body: [lines.join("\n"), text.body].filter(Boolean).join("\n\n") } : text;
}
