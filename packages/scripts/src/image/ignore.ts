/** Whether `.dockerignore` leaves a path of the checkout out: names, `*` and `**`, as Docker reads them. */
export function createIgnore(text: string): (path: string) => boolean {
  const patterns = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(
      (line) =>
        new RegExp(`^${line.split("/").map(segmentOf).join("/").replaceAll("(.*/)?/", "(.*/)?")}(/|$)`),
    );
  return (path) => patterns.some((pattern) => pattern.test(path));
}

function segmentOf(segment: string): string {
  if (segment === "**") return "(.*/)?";
  return segment.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*");
}
