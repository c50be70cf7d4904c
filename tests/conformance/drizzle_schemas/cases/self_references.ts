import { pgTable, integer, text, foreignKey, unique } from 'drizzle-orm/pg-core';
export const tree = pgTable('tree', { id: integer('id').primaryKey(), parentId: integer('parent_id'), path: text('path') }, (self) => [
  foreignKey({ columns: [self.parentId], foreignColumns: [self.id], name: 'tree_parent' }).onDelete('cascade').onUpdate('set null'),
  unique('tree_path').on(self.parentId, self.path),
]);
