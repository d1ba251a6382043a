import type { Localize } from "../src/common/Localize.js";

/** The words as they stand in the source, with what belongs into them. */
export const plainWords: Localize = {
  t: (message, ...values) =>
    message.replaceAll(/\{(\d+)\}/g, (_, place) => String(values[Number(place)])),
};
