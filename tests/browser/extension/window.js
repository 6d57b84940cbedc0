/** The wallet's own window: shows what is asked for, and tells the service worker what the user says. */

const asked = new URLSearchParams(location.search);
document.querySelector("#what").textContent = asked.get("what");
document.querySelector("#shown").textContent = asked.get("shown");
for (const [id, agreed] of [["confirm", true], ["reject", false]]) {
  document.getElementById(id).addEventListener("click", async () => {
    await chrome.runtime.sendMessage({ id: asked.get("id"), agreed });
    window.close();
  });
}
