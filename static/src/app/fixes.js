// button[data-fix="right words"] in a [data-finding]: puts the proofreader's suggestion in the place
// of the words it meant, in the title or in the text (the editor takes "finding:mend").
// button[data-fix-all="family"] does it for every finding of that kind, in the text in one step.

import { ask, fire, on } from "./dom.js";

const NOT_DONE = "没改成，请在文中改";

on("click", "[data-fix]", (button) => {
  const { finding: id, place, before, words } = button.closest("[data-finding]").dataset;
  const right = button.dataset.fix;
  const done =
    place === "标题" ? inTitle(before, words, right) : ask("finding:mend", { id, right });
  spend(button, done ? "已改" : NOT_DONE);
});

on("click", "[data-fix-all]", (button) => {
  const list = button.closest("[data-findings]");
  const alike = [...list.querySelectorAll(`[data-family="${button.dataset.fixAll}"]`)]
    .map((article) => ({ ...article.dataset, fix: article.querySelector("[data-fix]") }))
    .filter(({ fix }) => fix && !fix.disabled);
  const done = [];
  // The last first: one mended in the title changes what stands before the next.
  for (const { finding, place, before, words, fix } of [...alike].reverse())
    if (place === "标题" && inTitle(before, words, fix.dataset.fix)) done.push(finding);
  const fixes = alike
    .filter(({ place }) => place === "正文")
    .map(({ finding, fix }) => ({ id: finding, right: fix.dataset.fix }));
  if (fixes.length) ask("finding:mend-all", { fixes, done });
  for (const { finding, fix } of alike) if (done.includes(finding)) spend(fix, "已改");
  spend(button, done.length ? `已改 ${done.length} 处，可以撤销` : NOT_DONE);
});

function spend(button, words) {
  button.textContent = words;
  button.disabled = true;
}

function inTitle(before, words, right) {
  const title = document.getElementById("title");
  if (!title || !title.value.includes(before + words)) return false;
  title.value = title.value.replace(before + words, () => before + right);
  fire(title, "input");
  return true;
}
