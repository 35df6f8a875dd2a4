// input[type=file]: a file that the server would refuse for its size is put back at once, before a
// slow line has sent it, and why stands below the field. The limits stand in the page; without them
// nothing is looked at. The server refuses all the same.

import { on } from "./dom.js";

const FIELD = "input[type=file]";
const MEGABYTE = 1048576;
const { mostFile, mostForm } = document.documentElement.dataset;

/** Whole tenths upwards, so that what is over 20 MB never reads as 20.0. */
const size = (bytes) => `${(Math.ceil((bytes / MEGABYTE) * 10) / 10).toFixed(1)} MB`;

function reason(field) {
  const largest = [...field.files].find(({ size: bytes }) => bytes > Number(mostFile));
  if (largest) {
    return `“${largest.name}”有 ${size(largest.size)}，超过 ${mostFile / MEGABYTE} MB，没有选上。请先压缩里面的图片，或者分成几个文件。`;
  }
  const inForm = field.form ? field.form.querySelectorAll(FIELD) : [field];
  const together = [...inForm].flatMap((one) => [...one.files]).reduce((sum, one) => sum + one.size, 0);
  if (together > Number(mostForm)) {
    return `一次选的文件加起来有 ${size(together)}，超过 ${mostForm / MEGABYTE} MB，这次没有选上。请先传一部分，保存后再传其余的。`;
  }
  return null;
}

on("change", FIELD, (field) => {
  if (!mostFile) return;
  const id = `${field.id || field.name}-size`;
  document.getElementById(id)?.remove();
  const words = reason(field);
  if (!words) return;
  field.value = "";
  const told = document.createElement("p");
  told.id = id;
  told.className = "tp-err";
  told.setAttribute("role", "alert");
  told.textContent = words;
  field.after(told);
});
