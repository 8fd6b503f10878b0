const repeat = (levels: number, wrap: (inner: unknown) => unknown): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
};

/** Names that every object inherits, and names of the application's own. */
export const HOSTILE_NAMES = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...["prototype", "then", "toJSON", "length", "$where", "\0", "\ud83d", "", " ", "a.b", "0"],
];

/** What somebody sends where they may send anything. */
export const HOSTILE_VALUES: unknown[] = [
  ...[null, true, false, 0, -0, -1, 1.5, 2 ** 31, -(2 ** 31), 2 ** 53, 2 ** 63, 1e308, 5e-324],
  ...[
    "",
    " ",
    "\0",
    "a\0b",
    "\ud83d",
    "\udc00a",
    "a\ud83d",
    "\u202e",
    "\ufeff",
    "\u0001",
    "\r\nSet-Cookie: a=b",
  ],
  ...HOSTILE_NAMES,
  ...['\'; DROP TABLE "Feature"; --', "%", "\\", "%00", "../../../etc/passwd", "<script>alert(1)</script>"],
  ...["{{name}}", "#{7*7}", "NaN", "Infinity", "1e309", "0x10", "-", "true", "null", "[object Object]"],
  ...["0000-01-01", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "-000001-01-01T00:00:00Z"],
  ...[
    "10000-01-01T00:00:00Z",
    "9999-12-31T23:59:59-12:00",
    "2026-11-29T12:00:00+23:59",
    "2026-02-30",
    "infinity",
  ],
  ...["2026-11-29T12:00:00.123456789+14:00", "12345678901234567890", "Zu\u0308rich", "😀".repeat(20)],
  ...["x".repeat(65), "x".repeat(2_001), "x".repeat(100_000), "9".repeat(400)],
  ...[
    [],
    [null],
    [[]],
    {},
    { $ne: null },
    { length: 1, 0: "a" },
    Array(2_000).fill("a"),
    Array(2_000).fill(2 ** 31),
  ],
  ...[
    repeat(30, (inner) => [inner]),
    repeat(1_500, (inner) => [inner]),
    repeat(1_000, (inner) => ({ a: inner })),
  ],
  ...HOSTILE_NAMES.map((name) => JSON.parse(`{${JSON.stringify(name)}:{"isAdmin":true}}`)),
  { constructor: null },
  { a: [{ constructor: { prototype: { isAdmin: true } } }] },
  { json: { a: 1 }, meta: { values: ["class", "User"] } },
  { $or: Array(300).fill({ a: 1 }) },
  { a: { $regex: "(a+)+$" } },
  { a: { $in: Array(1_001).fill(1) } },
];

/** The body of a request that is none, or more than it seems. */
export const HOSTILE_BODIES: string[] = [
  ...[
    "",
    " ",
    "null",
    "undefined",
    "NaN",
    "[]",
    "{}",
    "0",
    '"a"',
    "{",
    "[1,",
    "<a/>",
    "a=b",
    "\0",
    '"\0"',
    "\ufeff{}",
  ],
  ...[
    '{"a":1,"a":2}',
    '{"json":12345678901234567890}',
    '{"__proto__":{"isAdmin":true}}',
    '{"json":null,"meta":null}',
  ],
  ...['{"json":{},"meta":{"values":["map"]}}', '{"json":{},"meta":{"referentialEqualities":[["a"]]}}'],
  ...["[".repeat(20_000), "[".repeat(20_000) + "]".repeat(20_000), `{"a":"${"x".repeat(300_000)}"}`],
  "x".repeat(1_100_000),
];
