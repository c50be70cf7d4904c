"""Exports of drizzle-orm that are knowingly left alone: the machinery of queries, drivers and mapping.

Whatever of a schema depends on one of them is a gap. A test compares this list, and what is known, with the packages.
"""

from __future__ import annotations

LEFT = frozenset(
    """
    AggregatedField BaseName BasePgAsyncDatabase BasePgAsyncSession CONSTANTS CacheKey Check ColumnAliasProxyHandler
    ColumnTableAliasProxyHandler Columns ConsoleLogWriter Count DefaultLogger DefaultViewBuilderCore DrizzleError
    DrizzleQueryError EmptyFilter EnableRLS ExtraConfigBuilder ExtraConfigColumns FakePrimitiveParam FnConstructor
    ForeignKey Index IndexBuilderOn InlineForeignKeys IsAlias ManualMaterializedViewBuilder ManualViewBuilder Many
    MaterializedViewBuilder MaterializedViewBuilderCore NoopLogger One OriginalName Param PgArrayBuilder
    PgAsyncCountBuilder PgAsyncDatabase PgAsyncDeleteBase PgAsyncInsertBase PgAsyncPreparedQuery PgAsyncRaw
    PgAsyncRefreshMaterializedView PgAsyncRelationalQuery PgAsyncSelectBase PgAsyncSession PgAsyncTransaction
    PgAsyncUpdateBase PgBasePreparedQuery PgBigInt53Builder PgBigInt64Builder PgBigIntStringBuilder
    PgBigSerial53Builder PgBigSerial64Builder PgBinaryVectorBuilder PgBooleanBuilder PgByteaBuilder PgCharBuilder
    PgCidrBuilder PgClonedColumnBuilder PgCustomColumnBuilder PgDatabase PgDateBuilder PgDateStringBuilder
    PgDeleteBase PgDialect PgDoublePrecisionBuilder PgEnumColumnBuilder PgEnumObjectColumn PgEnumObjectColumnBuilder
    PgGeometryBuilder PgGeometryObjectBuilder PgHalfVectorBuilder PgInetBuilder PgInsertBase PgInsertBuilder
    PgIntColumnBaseBuilder PgIntegerBuilder PgIntervalBuilder PgJsonBuilder PgJsonbBuilder PgLineABCBuilder
    PgLineBuilder PgMacaddr8Builder PgMacaddrBuilder PgMaterializedViewConfig PgNumericBigIntBuilder
    PgNumericBuilder PgNumericNumberBuilder PgPointObjectBuilder PgPointTupleBuilder PgPreparedQuery PgRealBuilder
    PgRefreshMaterializedView PgSelectBuilder PgSelectQueryBuilderBase PgSerialBuilder PgSession PgSmallIntBuilder
    PgSmallSerialBuilder PgSparseVectorBuilder PgTextBuilder PgTimeBuilder PgTimestampBuilder
    PgTimestampStringBuilder PgTransaction PgUUIDBuilder PgUpdateBase PgUpdateBuilder PgVarcharBuilder
    PgVectorBuilder PgViewConfig PrimaryKey Qualifier QueryPromise Relation RelationTableAliasProxyHandler Relations
    RelationsBuilderColumn RelationsBuilderJunctionColumn RelationsBuilderTable RelationsHelperStatic Schema
    StringChunk SubqueryAliasProxyHandler SubquerySelectionAliasProxyHandler TableAliasProxyHandler TableColumns
    TableSchema TransactionRollbackError UniqueConstraint UniqueOnConstraintBuilder ValueRows ViewBaseConfig
    ViewBuilder ViewSelectionAliasProxyHandler WithSubquery aliasedColumn aliasedRelation aliasedTableColumn
    aliasedTableSQL applyMixins arrayCompatCast arrayCompatNormalize arrayCompatNormalizeInput assertUnreachable
    base64ToUint8Array bindIfParam buildRelations buildRelationsParts buildRqbColumn buildRqbColumns byteaFromPgHex
    castToText castToTextArr chunkKindOf chunkKinds collectChunksUsedTables collectSubqueryAndUsedTables
    commonStringChunks createMany createOne createRelationsHelper entityKindsOf extractExtendedColumnType
    extractTablesFromSchema extractTablesRelationalConfig extractUsedTable fieldSelectionToSQL fillPlaceholders
    genericPgCodecs getCacheKey getColumnFromDecoder getColumnNameAndConfig getColumnTable getLegacyTableUniqueName
    getMaterializedViewConfig getOperators getOrderByOperators getOriginalColumnFromAlias getTableAsAliasSQL
    getTableLikeName getTableSchema getTableUniqueName getViewConfig hasOwnEntityKind haveSameKeys isChunk isConfig
    isDriverValueEncoder isNoop isTableAlias isWithEnum jitCompatCheck make$ReturningResponseMapper makeBoxArray
    makeDefaultQueryMapper makeDefaultRqbMapper makeGeometryArray makeJitQueryMapper makeJitRqbMapper makePgArray
    mapColumnsInAliasedSQLToAlias mapColumnsInSQLToAlias mapRelationalRow mapRelationalRowFromArrays mapResultRow
    mapUpdateSet memoizeEscape migrate noopDecoder noopEncoder noopMapper normalizeRelation operators
    orderByOperators orderSelectedFields parseGeometryArrayAndNormalize parseGeometryTuple parseGeometryXY
    parseLineABC parseLineTuple parsePgArray parsePgArrayAndNormalize parsePgNestedArray parsePgVector
    parsePointTuple parsePointXY parseRelationsOrderValue pgEnumObjectWithSchema pgEnumWithSchema pgHexToUint8Array
    pgMaterializedViewWithCasing pgMaterializedViewWithSchema pgSequenceWithSchema pgTableWithCasing
    pgTableWithSchema pgViewWithCasing pgViewWithSchema processRelations refineGenericPgCodecs relationExtrasToSQL
    relationToSQL relationalQueryCacheConfig relationalQueryCacheMetadata relationalQueryUsedTablesInit
    relationalQueryWhereToSQL relationsFilterToSQL relationsOrderEntriesToSQL relationsOrderToSQL
    resolveNullableObjectPaths resolvePgTypeAlias sqlCommenter textDecoder textToDate textToDateWithTz
    unionsTypeTable unqualifyColumns withReplicas
    """.split()
)
