import { describe, expect, test } from "vitest";
import { isDatabaseAway, sqlState } from "./sql";

/** One failure of the server as each driver throws it. */
const thrownBy = {
  pg: (code: string) => Object.assign(new Error("refused"), { code, severity: "ERROR" }),
  "Prisma, in a raw statement": (code: string) => ofPrisma("P2010", { originalCode: code, kind: "postgres" }),
  "Prisma, in one of its own": (code: string) => ofPrisma("P2002", { originalCode: code, kind: "any" }),
  "pg, below the error of a caller": (code: string) =>
    new Error("Not stored.", { cause: Object.assign(new Error("refused"), { code }) }),
};

function ofPrisma(code: string, cause?: object): Error {
  const driverAdapterError = Object.assign(new Error("refused"), { cause });
  return Object.assign(new Error("Invalid invocation"), { code, meta: cause && { driverAdapterError } });
}

describe.each(Object.entries(thrownBy))("an SQLSTATE thrown by %s", (_driver, thrown) => {
  test.each(
    "08000 08001 08003 08004 08006 08P01 53000 53100 53200 53300 55P03 25006 57000 57014 57P01 57P02 57P03 57P04 57P05 58000 58030 58P01 58P02".split(
      " ",
    ),
  )("%s says that the database is away", (state) => {
    expect(sqlState(thrown(state))).toBe(state);
    expect(isDatabaseAway(thrown(state))).toBe(true);
  });

  test.each(
    "22P02 23503 23505 25001 25P01 25P02 28P01 3D000 40001 40P01 42P01 42703 54000 55000 55006 P0001 CX001 XX000".split(
      " ",
    ),
  )("%s says that the statement is wrong", (state) => {
    expect(sqlState(thrown(state))).toBe(state);
    expect(isDatabaseAway(thrown(state))).toBe(false);
  });
});

describe("without an SQLSTATE", () => {
  test.each(
    "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN ENOENT".split(
      " ",
    ),
  )("a socket's %s says that the database is away", (code) => {
    const error = Object.assign(new Error(`connect ${code} 127.0.0.1:5432`), { code, syscall: "connect" });
    const several = Object.assign(new AggregateError([error]), { code });
    for (const thrown of [error, several, new Error("Not asked.", { cause: error })]) {
      expect(sqlState(thrown)).toBeNull();
      expect(isDatabaseAway(thrown)).toBe(true);
    }
  });

  test.each(["DatabaseNotReachable", "SocketTimeout", "ConnectionClosed"])(
    "%s of Prisma's adapter says that the database is away",
    (kind) => {
      expect(sqlState(ofPrisma("P2010", { kind }))).toBeNull();
      expect(isDatabaseAway(ofPrisma("P2010", { kind }))).toBe(true);
    },
  );

  test.each([
    ["P1001", true],
    ["P1008", true],
    ["P1017", true],
    ["P2024", true],
    ["P2037", true],
    ["P2002", false],
    ["P2010", false],
    ["P2025", false],
    ["P2028", false],
  ])("Prisma's own code %s is no SQLSTATE, and says that the database is away: %s", (code, isAway) => {
    expect(sqlState(ofPrisma(code))).toBeNull();
    expect(isDatabaseAway(ofPrisma(code))).toBe(isAway);
  });

  test.each([
    new TypeError("Cannot read properties of undefined (reading 'slug')"),
    new RangeError("Invalid time value"),
    new SyntaxError("Unexpected token"),
    new Error("timeout"),
    "ECONNREFUSED",
    { code: 8006 },
    null,
    undefined,
  ])("a fault of the code is none of the database: %s", (thrown) => {
    expect(sqlState(thrown)).toBeNull();
    expect(isDatabaseAway(thrown)).toBe(false);
  });
});
