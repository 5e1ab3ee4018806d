// The dialog that asks for the token, once for a tab.

import { h } from "../dom";
import { remember, reviewer } from "../token";

/** Asks; true when a token was given. */
export function askToken(why: string): Promise<boolean> {
  const given = h("input", { type: "password", id: "token", required: true, autocomplete: "off", spellcheck: "false" });
  const by = h("input", { type: "text", id: "by", value: reviewer() || "curator", required: true, maxlength: 64 });
  const form = h(
    "form",
    { method: "dialog" },
    h("h2", { id: "login-title" }, "Token"),
    h("p", { id: "login-why" }, why, " It is kept for this tab only, and forgotten when you close it."),
    h("label", { for: "token" }, "Token (MARQUEE_TOKEN)"),
    given,
    h("label", { for: "by" }, "Your name, kept with each decision"),
    by,
    h(
      "p",
      { class: "actions" },
      h("button", { value: "ok", class: "primary" }, "Go on"),
      h("button", { value: "", type: "button", onclick: () => dialog.close("") }, "Cancel"),
    ),
  );
  const dialog = h("dialog", { "aria-labelledby": "login-title", "aria-describedby": "login-why" }, form);
  document.body.append(dialog);
  dialog.showModal();
  given.focus();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      const ok = dialog.returnValue === "ok" && given.value.trim() !== "";
      if (ok) remember(given.value.trim(), by.value.trim() || "curator");
      dialog.remove();
      done(ok);
    });
  });
}
