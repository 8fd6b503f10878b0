/** Hands a text to the browser as a file. */
export function download(
  text: string,
  name: string,
  type: "text/csv" | "application/json" | "text/markdown",
): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it once the click has run its course.
  setTimeout(() => URL.revokeObjectURL(address));
}
