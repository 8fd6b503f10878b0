import { configure } from "@testing-library/dom";
import { afterAll, vi } from "vitest";

// A machine of CI that is shared may stall for seconds: this ends what hangs, and measures nothing.
configure({ asyncUtilTimeout: 20_000 });

// The files of a worker share their modules: one that is still being loaded when its document goes would fail in the
// files after it too.
afterAll(() => vi.dynamicImportSettled());
