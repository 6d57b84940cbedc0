/** The button with which a wallet is chosen, as an item of a list. */

export function walletButton(wallet, onChosen) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button" });
  if (wallet.icon) button.append(Object.assign(new Image(28, 28), { src: wallet.icon, alt: "" }));
  button.append(wallet.name);
  button.addEventListener("click", onChosen);
  const item = document.createElement("li");
  item.append(button);
  return item;
}
