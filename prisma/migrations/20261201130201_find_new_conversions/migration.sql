-- Rows stand in the table about in the order in which they were written: an index of its stretches is small, and
-- costs next to nothing.
CREATE INDEX CONCURRENTLY "ExperimentConversion_written_idx" ON "ExperimentConversion" USING brin ("insertedIn") WITH (pages_per_range = 16, autosummarize = on);
