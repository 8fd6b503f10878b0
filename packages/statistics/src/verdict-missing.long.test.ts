import { describe } from "vitest";
import { testWaiting } from "./testing/waiting";

describe("what is waited for", () => testWaiting(3_000));
