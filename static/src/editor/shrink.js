// Makes a large photo smaller before it is sent: village lines are slow. Also draws what is shown
// beside its progress, on a canvas, as the policy refuses made-up addresses of images.

const LONGEST_SIDE = 1920; // pixels; what the server keeps at most
const QUALITY = 0.85;
const SHRINKABLE = ["image/jpeg", "image/png", "image/webp"];
const HEIC = /^image\/hei[cf]|\.hei[cf]$/i;
const PICTURE = /^image\/|\.(jpe?g|png|webp|gif|bmp)$/i;
const PREVIEW_HEIGHT = 48;

const is = (pattern, { type, name }) => pattern.test(type) || pattern.test(name);

/**
 * A chosen file as it is to be sent: { file, preview }, preview a canvas or null; or { refusal },
 * in words. What the browser cannot decode goes as it is; the server decides.
 */
export async function prepare(file) {
  if (!is(PICTURE, file) && !is(HEIC, file)) {
    return { refusal: `“${file.name}”不是照片。这里请选 JPG 或 PNG 照片，别的文件传到附件里。` };
  }
  const bitmap = await decode(file);
  if (!bitmap) {
    return is(HEIC, file)
      ? { refusal: `“${file.name}”是 HEIC 格式，这里打不开。请把手机相机的照片格式改成 JPG（苹果手机选“兼容性最佳”）后重拍，或把它转成 JPG 再选。` }
      : { file, preview: null };
  }
  const ready = { file: await smaller(file, bitmap), preview: drawn(bitmap, PREVIEW_HEIGHT / bitmap.height) };
  bitmap.close();
  return ready;
}

const decode = (file) =>
  window.createImageBitmap ? createImageBitmap(file).catch(() => null) : Promise.resolve(null);

async function smaller(file, bitmap) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const heic = is(HEIC, file);
  if (!heic && (scale === 1 || !SHRINKABLE.includes(file.type))) return file;
  const canvas = drawn(bitmap, scale);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
  return blob ? new File([blob], name, { type: blob.type }) : file;
}

function drawn(bitmap, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}
