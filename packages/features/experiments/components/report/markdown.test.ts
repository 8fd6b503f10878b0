import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { asKey } from "../shared/keys";
import type { ReportDocument } from "./document";
import { escapeLine, toMarkdown } from "./markdown";

/** What CommonMark, GitHub's tables or HTML would read as anything but text. */
const HOSTILE = [
  "# heading",
  "- item",
  "+ item",
  "* item",
  "1. item",
  "2) item",
  "> quote",
  "    code",
  "\tcode",
  "```js",
  "~~~",
  "---",
  "===",
  "***",
  "| a | b |",
  "[click](https://evil.example)",
  "![x](https://evil.example/pixel.png)",
  "[x]: https://evil.example",
  "https://evil.example",
  "www.evil.example",
  "<https://evil.example>",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "&lt;b&gt;",
  "&#x3c;b>",
  "`code`",
  "*em* __strong__ ~~gone~~",
  "$x^2$",
  ":smile:",
  "a\\",
  "\\*",
  "- [ ] task",
  "[^1]: note",
  "a\u202ecod.exe",
  "a\u0000b\u001b[31m",
];

const part = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("\n", "\r\n", "\n\n", " ", "  ", "a", "7", "1", "\u2028"),
);
const hostile = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(""));

/** Without what escapes, which is how a reader sees it. */
function read(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** What is left to a reader of Markdown once everything that is escaped is a plain letter. */
const bare = (markdown: string) =>
  markdown.replace(/\\[!-/:-@[-`{-~]/g, "x").replace(/&(?:lt|gt|amp);/g, "x");

describe("a text in Markdown", () => {
  property.prop([hostile])("is read as it was typed, but for its spaces and what nobody sees", (text) => {
    const seen = text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, " ");
    expect(read(escapeLine(text)).replace(/\\\n/g, "\n")).toBe(seen.replace(/\s+/g, " ").trim());
  });

  property.prop([hostile])("begins nothing: no block, link, image, code, emphasis, table or HTML", (text) => {
    const line = bare(escapeLine(text));
    expect(line).not.toMatch(/[\\`*_{}[\]<>#|~&$^=!@]/);
    expect(line).not.toMatch(/^\s|^[-+:.)%,;?/]|^\d+[.)](?:\s|$)|\n|\s$/);
    expect(line).not.toMatch(/:\/\/|www\.|:\w/);
  });

  test.each(HOSTILE)("%j stays text", (text) => {
    const line = bare(escapeLine(text));
    expect(line).not.toMatch(/[\\`*_[\]<>#|~&$]/);
  });

  test("is left alone where it is harmless", () => {
    expect(escapeLine("upgrade-button-test: +24.5% (p 0.012), 12,480 people")).toBe(
      "upgrade-button-test: +24.5% (p 0.012\\), 12,480 people",
    );
  });
});

const aReport = (text: string): ReportDocument => ({
  title: text,
  mark: null,
  facts: ["Concluded", text],
  sections: [
    {
      title: "Setup",
      blocks: [
        { kind: "text", text },
        { kind: "rows", rows: [{ term: text, values: [text, "second"] }] },
        { kind: "verdict", tone: "good", title: text, detail: text },
        {
          kind: "table",
          title: text,
          note: text,
          columns: [
            { label: text, isNumeric: false, share: 50 },
            { label: "Share", isNumeric: true, share: 50 },
          ],
          rows: [
            [text, "50%"],
            ["b", text],
          ],
        },
      ],
    },
  ],
});

describe("a report in Markdown", () => {
  property.prop([hostile.filter((text) => escapeLine(text) !== "")])(
    "has its own headings, its own list and one table, whatever stands in it",
    (text) => {
      const lines = bare(toMarkdown(aReport(text))).split("\n");
      const starts = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
      expect(starts(/^#/)).toBe(3);
      expect(starts(/^- /)).toBe(1);
      expect(starts(/^\|/)).toBe(4);
      for (const line of lines.filter((row) => row.startsWith("|")))
        expect(line.match(/\|/g)).toHaveLength(3);
      expect(starts(/^(?: {3,}|\t|>|```|~~~|\d+[.)] )/)).toBe(0);
      expect(lines.join("\n")).not.toMatch(/<|\]\(|!\[/);
    },
  );

  test("keeps paragraphs and lines", () => {
    const report: ReportDocument = {
      title: "Button",
      mark: null,
      facts: ["Concluded"],
      sections: [
        {
          title: "Decision",
          blocks: [
            { kind: "text", text: "One\ntwo\n\nthree" },
            { kind: "rows", rows: [{ term: "Learning", values: ["Urgency\nsells.", "Twice"] }] },
          ],
        },
      ],
    };
    expect(toMarkdown(report)).toBe(
      [
        "# Button",
        "",
        "Concluded",
        "",
        "## Decision",
        "",
        "One\\",
        "two",
        "",
        "three",
        "",
        "- **Learning**: Urgency\\",
        "  sells\\.\\",
        "  Twice",
        "",
      ].join("\n"),
    );
  });

  test("keys are code as they are spelled, unless they would be more than a key", () => {
    const texts = [`${asKey("no_card-yet")} is better`, `(${asKey("a`b<c")})`];
    const blocks = texts.map((text) => ({ kind: "text" as const, text }));
    const lines = toMarkdown({
      title: "Button",
      mark: null,
      facts: [],
      sections: [{ title: "Decision", blocks }],
    });
    expect(lines).toContain("`no_card-yet` is better");
    expect(lines).toContain("(a\\`b&lt;c)");
  });
});
