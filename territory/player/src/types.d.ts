// The shapes that the player's modules hand to each other: the payload as Python writes it, and the world made from it.

/** What stands in the page's `territory-data` block. README.md explains it; `decode.js` checks and opens it. */
export interface Payload {
  format: string;
  version: number;
  campaign: Campaign;
  actors: Actor[];
  statuses: string[];
  grid: { lon0: number; lat0: number; step: number };
  arcs: { left: number[]; right: number[]; xy: number[][] };
  cells: { place: number[]; area_km2: number[]; rings: number[][][] };
  baseline: Columns;
  changes: Columns & { day: number[]; cell: number[] };
  events: Event[];
  sources: Source[];
  places: Place[];
  layers: Layer[];
  chapters: Chapter[];
  version_of?: string;
}

export interface Campaign {
  id: string; title: string; title_ar: string; summary: string; summary_ar: string;
  first_day: string; last_day: string; key_day: string;
  extent: [number, number, number, number];
  attribution: string; licence: string; max_radius_km: number;
  expected_front_error_km?: { mean: number; p95: number; spacing: number } | null;
}

/** `parent` is the code of the actor above, or -1. The index in the list is the actor's code. */
export interface Actor { id: string; label: string; label_ar: string; colour: string; parent: number }

/** State columns: one number per cell, or one per change. */
export interface Columns { controller: number[]; status: number[]; rival: number[]; event: number[] }

export interface Event {
  id: string; day: number | null; date: string; kind: string; place: number;
  lon: number | null; lat: number | null; actor: number[]; against: number[]; sources: number[];
  claimed_by: string; reported: string; confidence: string; counts: Record<string, number>;
  note: string; alternative_to: number; outcome: string;
}

export interface Source {
  id: string; title: string; publisher: string; side: string; published: string;
  url: string; archive_url: string; derived_from: number[];
}

export interface Place {
  id: string; name: string; name_ar: string; aliases: string[]; kind: string;
  lon: number; lat: number; cell: number; approximate: boolean;
}

export interface Layer {
  role: string; title: string; title_ar: string; schematic: boolean; attribution: string;
  polygons: number[][][]; lines: number[][]; names: ({ name: string; name_ar: string } | null)[];
}

export interface Chapter {
  day: number; title: string; title_ar: string; text: string; text_ar: string;
  events: number[]; view: [number, number, number] | null;
}

/** A line in the drawing plane: x0, y0, x1, y1, ... */
export type Line = Float64Array;

export interface BaseLayer extends Omit<Layer, 'polygons' | 'lines'> { polygons: Line[][]; lines: Line[] }

/** The payload, opened: typed columns, and lines in the drawing plane of `plane.js`. */
export interface World {
  campaign: Campaign; days: number; firstDay: number;
  actors: Actor[]; root: Int16Array; statuses: string[];
  arcs: import('./arcs.js').Arcs;
  cells: Cells;
  baseline: State;
  changes: State & { day: Int32Array; cell: Int32Array };
  events: Event[]; sources: Source[]; places: Place[]; layers: BaseLayer[]; chapters: Chapter[];
  plane: import('./plane.js').Plane; versionOf: string;
}

/** `inferred` is 1 where the place that speaks for a cell is not close by; `boxes` are left, top, right, bottom in the plane. */
export interface Cells { place: Int32Array; area: Float64Array; inferred: Uint8Array; boxes: Float64Array }

export interface State { controller: Int16Array; status: Int8Array; rival: Int16Array; event: Int32Array }

/** A run of boundary between the same two grounds, drawn as one line and shared by both. */
export interface Chain { points: Float64Array; closed: boolean; raw: boolean; left: number; right: number; start: number; end: number }

/**
 * What a piece of ground looks like: whose colour, hatched with whose, changed in this step, known from afar, long
 * unconfirmed; `maybe` is who may hold it already or still, because the day is not certain, or 0.
 */
export interface Ground { controller: number; rival: number; hatch: number; maybe: number; changed: boolean; inferred: boolean; stale: boolean }

/** What an element may hold; nothing is added for null and false. */
export type Child = Node | string | number | null | undefined | false | Child[];
