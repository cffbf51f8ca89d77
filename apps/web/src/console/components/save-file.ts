/** A browser begins to read a large file some time after the click. */
const READ_WITHIN_MS = 60_000;

/** Offers a file to the user of the page. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN_MS);
}
