/* tslint:disable */
/* eslint-disable */

/**
 * A model of the BERT family.
 */
export class Model {
    free(): void;
    [Symbol.dispose](): void;
    /**
     * What a question or a memory means: a vector of the length 1.
     */
    embed(text: string, is_question: boolean): Float32Array;
    /**
     * Reads a model from what the files of its folder hold; those that may be missing are empty
     * then. Throws an error that names the file and what is wrong with it.
     */
    constructor(weights: Uint8Array | number[], tokenizer: string, config: string, pooling: string, prompts: string);
    /**
     * What is put before questions; the folder tells it, unless it is set.
     */
    questionPrefix: string;
    /**
     * Numbers of a vector.
     */
    readonly width: number;
}

export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;

export interface InitOutput {
    readonly memory: WebAssembly.Memory;
    readonly __wbg_model_free: (a: number, b: number) => void;
    readonly model_embed: (a: number, b: number, c: number, d: number) => [number, number, number, number];
    readonly model_new: (a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number, i: number, j: number) => [number, number, number];
    readonly model_questionPrefix: (a: number) => [number, number];
    readonly model_set_questionPrefix: (a: number, b: number, c: number) => void;
    readonly model_width: (a: number) => number;
    readonly __wbindgen_free: (a: number, b: number, c: number) => void;
    readonly __wbindgen_malloc: (a: number, b: number) => number;
    readonly __wbindgen_realloc: (a: number, b: number, c: number, d: number) => number;
    readonly __wbindgen_externrefs: WebAssembly.Table;
    readonly __externref_table_dealloc: (a: number) => void;
    readonly __wbindgen_start: () => void;
}

export type SyncInitInput = BufferSource | WebAssembly.Module;

/**
 * Instantiates the given `module`, which can either be bytes or
 * a precompiled `WebAssembly.Module`.
 *
 * @param {{ module: SyncInitInput }} module - Passing `SyncInitInput` directly is deprecated.
 *
 * @returns {InitOutput}
 */
export function initSync(module: { module: SyncInitInput } | SyncInitInput): InitOutput;

/**
 * If `module_or_path` is {RequestInfo} or {URL}, makes a request and
 * for everything else, calls `WebAssembly.instantiate` directly.
 *
 * @param {{ module_or_path: InitInput | Promise<InitInput> }} module_or_path - Passing `InitInput` directly is deprecated.
 *
 * @returns {Promise<InitOutput>}
 */
export default function __wbg_init (module_or_path?: { module_or_path: InitInput | Promise<InitInput> } | InitInput | Promise<InitInput>): Promise<InitOutput>;
