// button[data-fix="right words"] in a [data-finding]: puts the proofreader's suggestion in the place
// of the words it meant, in the title or in the text (the editor takes "finding:mend").

import { ask, fire, on } from "./dom.js";

on("click", "[data-fix]", (button) => {
  const { finding: id, place, before, words } = button.closest("[data-finding]").dataset;
  const right = button.dataset.fix;
  const done =
    place === "标题" ? inTitle(before + words, before + right) : ask("finding:mend", { id, right });
  button.textContent = done ? "已改" : "没改成，请在文中改";
  button.disabled = true;
});

function inTitle(wrong, right) {
  const title = document.getElementById("title");
  if (!title || !title.value.includes(wrong)) return false;
  title.value = title.value.replace(wrong, () => right);
  fire(title, "input");
  return true;
}
