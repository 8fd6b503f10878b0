import { configure } from "@testing-library/dom";

// A machine of CI that is shared may stall for seconds: this ends what hangs, and measures nothing.
configure({ asyncUtilTimeout: 20_000 });
