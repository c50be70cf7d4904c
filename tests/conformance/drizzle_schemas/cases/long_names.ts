import { pgTable, text, integer, foreignKey, unique, index } from 'drizzle-orm/pg-core';
export const a = pgTable('organization_membership_invitations', { organizationMembershipId: integer('organization_membership_identifier').primaryKey() });
export const b = pgTable('organization_membership_invitation_events', {
  organizationMembershipId: integer('organization_membership_identifier').references(() => a.organizationMembershipId),
  other: text('another_column_with_a_long_name').unique(),
}, (t) => [index('an_index_whose_name_is_definitely_longer_than_sixty_three_characters_long').on(t.other)]);
