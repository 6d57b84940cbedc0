/** What is wrong with a field of a form, written beside it. */

/** Mark a field, or a part of a form, as not in order. Gives its control, where it has one. */
export function mark(place, sentence) {
  const error = place.querySelector("[data-error]");
  error.textContent = sentence;
  error.hidden = false;
  const control = place.querySelector("input, select, textarea");
  control?.setAttribute("aria-invalid", "true");
  return control;
}

export function clearMarks(form) {
  for (const error of form.querySelectorAll("[data-error]")) error.hidden = true;
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}
