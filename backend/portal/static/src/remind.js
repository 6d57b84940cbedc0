/** The coordinator's button that writes to those who have not voted. */

const SAID = { REMINDED_TODAY: "remindedToday", NOTHING_TO_REMIND_OF: "nothingToRemindOf" };

/** Answer presses of such buttons, also of those that a refreshed part brings along. */
export function watchReminders() {
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-remind]");
    if (!form) return;
    event.preventDefault();
    remind(form).catch(() => tell(form, "failed"));
  });
}

async function remind(form) {
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const body = JSON.stringify({ proposal: form.dataset.remind, governor: form.dataset.governor });
  const answer = await fetch("/v1/reminders", { method: "POST", headers, body });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) tell(form, said.letters ? "sent" : "nobody", said);
  else if (answer.status === 401 || answer.status === 403) tell(form, "signIn");
  else tell(form, SAID[said.code] ?? "failed");
}

function tell(form, code, facts = {}) {
  const place = form.querySelector("[data-form-say]");
  place.textContent = form.dataset[code].replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
  place.hidden = false;
  form.querySelector("[data-way-in]").hidden = code !== "signIn";
  place.focus();
}
