import { expect } from "vitest";

/** What no answer may tell: stacks, statements, places on the disk, words of the tools underneath. */
const LEAKS = [
  /\bat .{1,80}\.[cm]?[jt]sx?:\d+/,
  /node_modules|\/packages\/|\/apps\/web\/|file:\/\//,
  /prisma|\bpg_|postgres(?:ql)?:|SQLSTATE|\bSELECT\b|\bINSERT INTO\b|\bUPDATE "|relation "|violates|syntax error/i,
  /invalid input syntax|out of range for type|invalid byte sequence|unsupported Unicode/i,
  /ZodError|TypeError|RangeError|SyntaxError|Cannot read propert|is not a function|Maximum call stack/,
];

export interface Answer {
  status: number;
  text: string;
}

/** What is wrong with an answer; empty where nothing is. */
export function faultsOf({ status, text }: Answer): string[] {
  const leaks = LEAKS.flatMap((leak) => leak.exec(text)?.[0] ?? []);
  // One of a batch.
  const failed = status >= 500 || text.includes('"httpStatus":500');
  return [...(failed ? [`status ${status}`] : []), ...leaks.map((leak) => `tells ${leak}`)];
}

/** The faults of a whole run, so that all of them are seen at once. */
export class Faults {
  readonly found: string[] = [];
  calls = 0;

  judge(what: string, answer: Answer): void {
    this.calls++;
    const faults = faultsOf(answer);
    if (faults.length > 0) this.add(what, `${faults.join(", ")}: ${answer.text.slice(0, 300)}`);
  }

  add(what: string, fault: string): void {
    this.found.push(`${what}: ${fault}`);
  }

  expectNone(): void {
    expect(this.found.slice(0, 40)).toEqual([]);
  }
}
