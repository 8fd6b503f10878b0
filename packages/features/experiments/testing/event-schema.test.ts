import { describe, expect, test } from "vitest";
import type { UnsentEvent } from "../lib/server/events.repository";
import { toEvent } from "../lib/server/to-event";
import { experimentEventSchemas, propertiesOf } from "./event-schema";

const exposure: UnsentEvent = {
  kind: "exposure",
  id: "7f2f4b0e-0a53-4a51-9f0c-3d3b5f0d8a11",
  slug: "upgrade-button-test",
  salt: "a-salt",
  setPersonProperties: true,
  variant: "urgent",
  assignmentType: "deterministic",
  userId: 12,
  teamId: null,
  visitorId: null,
  conversionEvent: null,
  key: null,
  value: null,
  occurredAt: new Date("2026-11-20T10:00:00Z"),
};
const conversion: UnsentEvent = {
  ...exposure,
  kind: "conversion",
  conversionEvent: "paid",
  key: "a",
  value: "12.50",
};
const team = { userId: null, teamId: 4 };
const visitor = { userId: null, visitorId: "5b1c2c0e-5a0b-4a51-9f0c-3d3b5f0d8a11" };

describe("what the outbox sends fits the schema:", () => {
  test.each<[string, UnsentEvent]>([
    ["an exposure of a user", exposure],
    ["an exposure of a team", { ...exposure, ...team }],
    ["an exposure of a visitor", { ...exposure, ...visitor, setPersonProperties: false }],
    ["an imported one", { ...exposure, assignmentType: "imported" }],
    ["a conversion of a user", conversion],
    ["a conversion of a team", { ...conversion, ...team }],
    ["a conversion of a visitor, without a value", { ...conversion, ...visitor, value: null }],
  ])("%s", (_, row) => {
    const [event] = toEvent(row);
    expect(experimentEventSchemas[event?.name ?? "experiment_viewed"].parse(event?.properties)).toEqual(
      event?.properties,
    );
  });

  test("and uses every property that it names", () => {
    const sent = [exposure, { ...exposure, ...visitor }, { ...conversion, ...team }]
      .flatMap(toEvent)
      .flatMap(({ properties }) => Object.keys(properties));
    expect(propertiesOf("experiment_conversion").filter((name) => !sent.includes(name))).toEqual([]);
  });
});

describe("the schema refuses", () => {
  const good = toEvent(conversion)[0]?.properties ?? {};
  test.each([
    ["a property that nobody documented", { extra: "x" }],
    ["another variant under $feature", { "$feature/upgrade-button-test": "control" }],
    ["a second $feature", { "$feature/other": "control" }],
    ["two subjects", { team_id: 4 }],
    ["a value in words", { value: "12" }],
    ["no name of the conversion", { conversion_event: undefined }],
  ])("%s", (_, change) => {
    const { success } = experimentEventSchemas.experiment_conversion.safeParse({ ...good, ...change });
    expect(success).toBe(false);
  });

  test.each([
    ["value", 3],
    ["conversion_event", "paid"],
  ])("a %s on an exposure", (name, value) => {
    const [viewed] = toEvent(exposure);
    const properties = { ...viewed?.properties, [name]: value };
    expect(experimentEventSchemas.experiment_viewed.safeParse(properties).success).toBe(false);
  });
});
