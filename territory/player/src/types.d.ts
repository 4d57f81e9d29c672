// The shapes that the player's modules hand to each other: the payload as Python writes it, and the world made from it.

/** The words of a language as the page carries them; all files have the same keys, and records.json the rest. */
export type Texts = Omit<typeof import('../../words/en.json'), 'fault' | 'still'> & {
  name: string;
  dir: string;
  group: string;
  decimal: string;
} & Record<'kinds' | 'statuses' | 'statusAlone', Record<string, string>>;
export type FaultTexts = typeof import('../../words/en.json')['fault'] & { dir: string };

/** A name or text of the data by language: in the campaign's main one, and in those others in which it is given. */
export type InLanguages = Record<string, string>;

/** What `codec/unpack.js` reads from the page's `territory-data` block; README.md explains the bytes. */
export interface Payload {
  campaign: Campaign;
  words: Record<string, Texts>;
  /** By row of a place that had other names for a time. */
  namings: Record<string, Naming[]>;
  actors: Actor[];
  statuses: { id: string; fill: Fill; outline: Outline }[];
  grid: Grid;
  arcs: {
    left: Int32Array;
    right: Int32Array;
    start: Int32Array;
    end: Int32Array;
    xy: Int32Array;
    at: Int32Array;
    nodes: number;
  };
  cells: { place: Int32Array; area_km2: Float64Array; inferred: Uint8Array };
  baseline: Columns;
  changes: Columns & { day: ArrayLike<number>; cell: ArrayLike<number> };
  stale: { cell: ArrayLike<number>; from: ArrayLike<number>; to: ArrayLike<number> };
  events: import('./codec/events.js').Events;
  sources: Source[];
  places: Place[];
  layers: PackedLayer[];
  chapters: Chapter[];
  version_of?: string;
}

/** How ground of a status is filled, and how it is outlined: `Traits` of records/kinds.py. */
export type Fill = 'plain' | 'stripes' | 'broad';
export type Outline = '' | 'rim' | 'dashes' | 'band';

/** How events of a kind are reported: `Kind` of records/kinds.py. */
export interface Kind {
  family: import('./draw/event_icons.js').Family;
  news: 'map' | 'list' | 'none';
}

export interface Grid {
  lon0: number;
  lat0: number;
  step: number;
  squeeze: number;
}

export interface Campaign {
  id: string;
  /** Of the texts of the data. */
  language: string;
  /** Those that the page offers, with words for each; the first is the main one. */
  languages: string[];
  title: InLanguages;
  summary: InLanguages;
  first_day: string;
  last_day: string;
  key_day: string;
  extent: [number, number, number, number];
  attribution: string;
  licence: string;
  max_radius_km: number;
  expected_front_error_km?: { mean: number; p95: number; spacing: number } | null;
}

/** `parent` is the code of the actor above, or -1. The index in the list is the actor's code. */
/** A name that held for a time, in days from the first one, both included. */
export interface Naming {
  from: number;
  to: number;
  name: InLanguages;
}

export interface Actor {
  id: string;
  label: InLanguages;
  namings: Naming[];
  colour: string;
  parent: number;
}

/** State columns: one number per cell, or one per change. */
export interface Columns {
  controller: ArrayLike<number>;
  status: ArrayLike<number>;
  rival: ArrayLike<number>;
  event: ArrayLike<number>;
}

export interface Event {
  id: string;
  day: number | null;
  date: string;
  early: number;
  late: number;
  kind: string;
  place: number;
  lon: number | null;
  lat: number | null;
  actor: number[];
  against: number[];
  sources: number[];
  locator: string;
  quote: string;
  claimed_by: string;
  reported: string;
  grounding: string;
  counts: Record<string, string>;
  note: string;
  alternative_to: number;
  outcome: string;
}

export interface Source {
  id: string;
  title: string;
  publisher: string;
  side: string;
  published: string;
  url: string;
  archive_url: string;
  derived_from: number[];
}

export interface Place {
  id: string;
  name: InLanguages;
  aliases: string[];
  kind: string;
  lon: number;
  lat: number;
  cell: number;
  approximate: boolean;
}

/** A base map's layer; lines are lon, lat, lon, lat, ... in degrees. `labels` say where the name of an area stands. */
export interface PackedLayer {
  role: string;
  title: InLanguages;
  schematic: boolean;
  attribution: string;
  polygons: Float64Array[][];
  lines: Float64Array[];
  names: (InLanguages | null)[];
  labels: { name: InLanguages; lon: number; lat: number; radius: number }[];
}

export interface Chapter {
  day: number;
  title: InLanguages;
  text: InLanguages;
  events: number[];
  view: [number, number, number] | null;
}

/** A line in the drawing plane: x0, y0, x1, y1, ... */
export type Line = Float64Array;

/** The same with lines in the drawing plane. */
export type BaseLayer = PackedLayer;

/** The payload, opened: typed columns, and lines in the drawing plane of `world/plane.js`. */
export interface World {
  campaign: Campaign;
  words: Record<string, Texts>;
  /** By row of a place that had other names for a time. */
  namings: Record<string, Naming[]>;
  days: number;
  firstDay: number;
  actors: Actor[];
  sideOf: Int16Array;
  statuses: string[];
  /** By status. */
  fills: Fill[];
  outlines: Outline[];
  arcs: import('./world/arcs.js').Arcs;
  cells: Cells;
  stale: Payload['stale'];
  baseline: State;
  changes: State & { day: Int32Array; cell: Int32Array };
  events: import('./codec/events.js').Events;
  sources: Source[];
  places: Place[];
  layers: BaseLayer[];
  chapters: Chapter[];
  plane: import('./world/plane.js').Plane;
  versionOf: string;
}

/** `inferred` is 1 where the place that speaks for a cell is not close by; `boxes` are left, top, right, bottom in the plane. */
export interface Cells {
  place: Int32Array;
  area: Float64Array;
  inferred: Uint8Array;
  boxes: Float64Array;
}

export interface State {
  controller: Int16Array;
  status: Int8Array;
  rival: Int16Array;
  event: Int32Array;
}

/**
 * The state that the fold keeps. `held` is for each cell the change since which its controller holds it, `last` its last
 * change: indices into `World.changes`, -1 where it is as at the opening.
 */
export interface FoldState extends State {
  held: Int32Array;
  last: Int32Array;
}

/** A run of boundary between the same two grounds, drawn as one line and shared by both. */
export interface Chain {
  points: Float64Array;
  closed: boolean;
  raw: boolean;
  left: number;
  right: number;
  start: number;
  end: number;
}

/**
 * What a piece of ground looks like: whose colour, hatched with whose, changed in this step, known from afar, long
 * unconfirmed; `maybe` is who may hold it already or still, because the day is not certain, or 0.
 */
export interface Ground {
  controller: number;
  rival: number;
  hatch: number;
  maybe: number;
  changed: boolean;
  inferred: boolean;
  stale: boolean;
}

/**
 * How the drawing plane lies on the canvases: screen = plane * scale + offset. `inset` is painted beyond what shows, on
 * each side; `dpr` is the number of pixels in a pixel of the style sheet.
 */
export interface View {
  scale: number;
  dx: number;
  dy: number;
  width: number;
  height: number;
  dpr: number;
  zoom: number;
  inset: { x: number; y: number };
}

/** What an element may hold; nothing is added for null and false. */
export type Child = Node | string | number | null | undefined | false | Child[];
