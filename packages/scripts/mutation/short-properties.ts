import fc from "fast-check";

// The seed stands in the name of a property, by which Stryker finds it again. What a mutant breaks shows in the first
// cases, or in none.
fc.configureGlobal({ seed: 1, interruptAfterTimeLimit: 100, markInterruptAsFailure: false });
