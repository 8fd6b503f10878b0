/** "a · b": where it breaks, the dot stays at the end of the line. */
export function joined(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join("\u00a0· ");
}
