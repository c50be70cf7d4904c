export const BLOCKS = [{ name: 'hero', max: 1 }, { name: 'text', max: 50 }, { name: 'image' }] as const;
export type Block = (typeof BLOCKS)[number]['name'];
export default { slug: { length: 200 }, published: "status = 'published'" };
