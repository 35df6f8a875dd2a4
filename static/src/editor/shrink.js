// Makes a large photo smaller before it is sent: village lines are slow. What the browser
// cannot decode goes as it is; the server decides.

const LONGEST_SIDE = 2560;
const QUALITY = 0.88;
const SHRINKABLE = ["image/jpeg", "image/png", "image/webp"];

export async function shrink(file) {
  if (!SHRINKABLE.includes(file.type) || !window.createImageBitmap) return file;
  try {
    return await redraw(file);
  } catch {
    return file;
  }
}

async function redraw(file) {
  const bitmap = await createImageBitmap(file);
  const scale = LONGEST_SIDE / Math.max(bitmap.width, bitmap.height);
  if (scale >= 1) {
    bitmap.close();
    return file;
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
  return blob ? new File([blob], name, { type: blob.type }) : file;
}
