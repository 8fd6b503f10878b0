-- A flag that is on may be on for a share of users or teams alone. Who that is follows from a hash, the same by which
-- experiments take their traffic: raising the share takes the flag from nobody. Flags are resolved in statements, so the
-- hash is here too; a test holds it to the one of the code.
ALTER TABLE "Feature" ADD COLUMN "rolloutPercentage" DOUBLE PRECISION,
  ADD COLUMN "rolloutUnit" TEXT,
  ADD CONSTRAINT "Feature_rollout_is_a_share" CHECK (
    ("rolloutPercentage" IS NULL) = ("rolloutUnit" IS NULL)
    AND ("rolloutPercentage" > 0 AND "rolloutPercentage" < 100) IS NOT FALSE
    AND ("rolloutUnit" IN ('user', 'team')) IS NOT FALSE);

-- The product of two numbers below 2³², as 32 bits hold it. In halves: in one piece it would exceed a bigint.
CREATE FUNCTION multiply_32_bits(a bigint, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ((a & 65535) * b + ((((a >> 16) * b) & 65535) << 16)) & 4294967295
$$;

-- MurmurHash3 x86_32, seed 0, of the UTF-8 bytes: 0 to 2³²−1.
CREATE FUNCTION murmur3(content text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  bytes bytea := convert_to(content, 'UTF8');
  size integer := octet_length(bytes);
  hash bigint := 0;
  block bigint;
  start integer := 0;
BEGIN
  WHILE start < size LOOP
    block := 0;
    FOR place IN 0 .. least(3, size - start - 1) LOOP
      block := block | (get_byte(bytes, start + place)::bigint << (8 * place));
    END LOOP;
    block := multiply_32_bits(block, 3432918353);
    block := multiply_32_bits(((block << 15) | (block >> 17)) & 4294967295, 461845907);
    hash := hash # block;
    -- The bytes at the end that fill no block are not mixed.
    IF size - start >= 4 THEN
      hash := ((hash << 13) | (hash >> 19)) & 4294967295;
      hash := (hash * 5 + 3864292196) & 4294967295;
    END IF;
    start := start + 4;
  END LOOP;
  hash := hash # size;
  hash := multiply_32_bits(hash # (hash >> 16), 2246822507);
  hash := multiply_32_bits(hash # (hash >> 13), 3266489909);
  RETURN hash # (hash >> 16);
END $$;

-- Shares are counted in hundredths of a percent, as those of experiments are.
CREATE FUNCTION is_rolled_out(slug text, percentage double precision, unit_id integer) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT murmur3('traffic:' || slug || ':' || unit_id::text) < floor(round(percentage::numeric * 100) * 4294967296 / 10000)
$$;
