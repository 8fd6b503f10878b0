import { configure } from "@testing-library/dom";
import { afterAll, vi } from "vitest";

// A machine of CI that is shared may stall for seconds: this ends what hangs, and measures nothing.
configure({ asyncUtilTimeout: 20_000 });

// Test files of a worker share their modules. A module that is still loading when a file ends would fail to load in all
// later files.
afterAll(() => vi.dynamicImportSettled());
