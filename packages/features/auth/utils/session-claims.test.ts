import { expect, test } from "vitest";
import { readClaims } from "./session-claims";

const sid = "0190f6f0-1c1c-4c1c-8c1c-0190f6f01c1c";
const jti = "11111111-1c1c-4c1c-8c1c-0190f6f01c1c";

test("a token names its person and its session", () => {
  expect(readClaims({ sub: "7", sid, jti, iat: 1 })).toEqual({ userId: 7, sessionId: sid, issuedAt: null });
});

test("a token from before there were sessions is a session of its own id", () => {
  expect(readClaims({ sub: "7", jti, iat: 1_760_000_000 })).toEqual({
    userId: 7,
    sessionId: jti,
    issuedAt: 1_760_000_000,
  });
});

test.each([
  [{}],
  [{ sid }],
  [{ sub: "", sid }],
  [{ sub: "undefined", sid }],
  [{ sub: "NaN", sid }],
  [{ sub: "0", sid }],
  [{ sub: "-1", sid }],
  [{ sub: "1e3", sid }],
  [{ sub: "7.5", sid }],
  [{ sub: "99999999999", sid }],
  [{ sub: 7, sid }],
  [{ sub: "7" }],
  [{ sub: "7", jti }],
  [{ sub: "7", jti: "not a uuid", iat: 1 }],
  [{ sub: "7", sid: "x", jti: "y", iat: 1 }],
  [{ sub: "7", jti, iat: Number.NaN }],
])("a token like %j is nobody's", (token) => {
  expect(readClaims(token)).toBeNull();
});
