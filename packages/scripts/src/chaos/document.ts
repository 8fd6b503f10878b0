import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/paths";
import { between } from "./report";

const DOCUMENT = path.join(root, "docs/reliability.md");

/** Puts a table into docs/reliability.md, between the marks of this name. */
export function writeTable(mark: string, change: (before: string) => string): void {
  fs.writeFileSync(DOCUMENT, between(fs.readFileSync(DOCUMENT, "utf8"), mark, change));
}
