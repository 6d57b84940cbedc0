/** The coordinator's button that writes to those who have not voted. */

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
  const problem = answer.ok ? null : await answer.json().catch(() => null);
  if (answer.ok) tell(form, "sent");
  else if (answer.status === 401 || answer.status === 403) tell(form, "signIn");
  else tell(form, "failed", problem?.detail);
}

function tell(form, code, detail = "") {
  const place = form.querySelector("[data-form-say]");
  place.textContent = [form.dataset[code], detail].filter(Boolean).join(" ");
  place.hidden = false;
  place.focus();
}
