/** Options of which none is left out: their defaults are filled in. */
export type Complete<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };
