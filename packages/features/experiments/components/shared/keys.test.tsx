import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { doors } from "../analytics/testing/doors";
import { withVerdict } from "../analytics/testing/results";
import { EVERY_VERDICT } from "../analytics/testing/verdicts";
import { Keyed } from "./Keyed";
import { asKey, keyed, plainKeys, splitKeys } from "./keys";

afterEach(cleanup);

const t = keyed((key, values = {}) => key.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name])));

describe("a key within a text", () => {
  test("is set as code, and the name of a metric is not", () => {
    const text = t("{{variant}} is better: {{metric}} rose", { variant: "urgent", metric: "Upgrades" });
    const { container } = render(<Keyed>{text}</Keyed>);
    expect(container.textContent).toBe("urgent is better: Upgrades rose");
    expect([...container.querySelectorAll("code")].map((code) => code.textContent)).toEqual(["urgent"]);
  });

  test("is itself where nothing can be set as code", () => {
    expect(plainKeys(`With ${asKey("urgent")} and ${asKey("calm")}`)).toBe("With urgent and calm");
  });

  test("is nothing where there is no value, and numbers are none", () => {
    expect(t("{{variant}}{{key}}", { variant: "", key: 3 })).toBe("3");
    expect(splitKeys(asKey(""))).toEqual([]);
  });
});

test.each(EVERY_VERDICT)("no mark of one is left in what anybody reads: %s", (_, verdict) => {
  for (const said of doors(withVerdict(verdict))) expect(said).not.toMatch(/[\ue000\ue001]/);
});
