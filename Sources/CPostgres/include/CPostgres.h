#pragma once

#include <stddef.h>

/* The functions of libpq that the package calls, each under its name behind `akin_`.
 *
 * libpq is opened when `akin_postgres_load` is first called. A program that is linked to libpq loads 25 libraries with
 * it and starts 5 ms later, also where it never speaks to PostgreSQL, and does not start at all where libpq is missing.
 * The functions are declared here for the same reason: no headers are needed to build. A test compares the declarations
 * with libpq's own. All of them exist since libpq 14. */

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;
typedef unsigned int akin_oid;

/* An option of a connection, as PQconninfoOption. */
typedef struct akin_conninfo_option {
    char *keyword;
    char *envvar;
    char *compiled;
    char *val;
    char *label;
    char *dispchar;
    int dispsize;
} akin_conninfo_option;

/* What takes the notices of a connection, as PQnoticeReceiver. */
typedef void (*akin_notice_receiver)(void *context, const PGresult *result);

/* ConnStatusType */
static const unsigned AKIN_CONNECTION_OK = 0;
static const unsigned AKIN_CONNECTION_BAD = 1;

/* PostgresPollingStatusType */
static const unsigned AKIN_POLLING_FAILED = 0;
static const unsigned AKIN_POLLING_READING = 1;
static const unsigned AKIN_POLLING_WRITING = 2;
static const unsigned AKIN_POLLING_OK = 3;

/* ExecStatusType */
static const unsigned AKIN_EMPTY_QUERY = 0;
static const unsigned AKIN_COMMAND_OK = 1;
static const unsigned AKIN_TUPLES_OK = 2;
static const unsigned AKIN_COPY_OUT = 3;
static const unsigned AKIN_COPY_IN = 4;
static const unsigned AKIN_BAD_RESPONSE = 5;
static const unsigned AKIN_NONFATAL_ERROR = 6;
static const unsigned AKIN_FATAL_ERROR = 7;
static const unsigned AKIN_COPY_BOTH = 8;
static const unsigned AKIN_PIPELINE_SYNC = 10;
static const unsigned AKIN_PIPELINE_ABORTED = 11;

/* PGTransactionStatusType */
static const unsigned AKIN_TRANSACTION_IDLE = 0;
static const unsigned AKIN_TRANSACTION_ACTIVE = 1;
static const unsigned AKIN_TRANSACTION_OPEN = 2;
static const unsigned AKIN_TRANSACTION_FAILED = 3;
static const unsigned AKIN_TRANSACTION_UNKNOWN = 4;

/* PGVerbosity */
static const unsigned AKIN_ERRORS_VERBOSE = 2;

/* Fields of an error */
static const int AKIN_FIELD_SQLSTATE = 'C';
static const int AKIN_FIELD_MESSAGE = 'M';
static const int AKIN_FIELD_DETAIL = 'D';
static const int AKIN_FIELD_HINT = 'H';
static const int AKIN_FIELD_CONTEXT = 'W';
static const int AKIN_FIELD_FUNCTION = 'R';

/* Every function: FUNCTION(result, name, (parameters), (arguments)). */
#define AKIN_POSTGRES_FUNCTIONS(FUNCTION)                                                                              \
    FUNCTION(int, PQlibVersion, (void), ())                                                                            \
    /* Connections */                                                                                                  \
    FUNCTION(akin_conninfo_option *, PQconninfoParse, (const char *string, char **error), (string, error))             \
    FUNCTION(akin_conninfo_option *, PQconninfo, (PGconn *connection), (connection))                                   \
    FUNCTION(void, PQconninfoFree, (akin_conninfo_option *options), (options))                                         \
    FUNCTION(PGconn *, PQconnectStartParams,                                                                           \
             (const char *const *keywords, const char *const *values, int expand), (keywords, values, expand))         \
    FUNCTION(unsigned, PQconnectPoll, (PGconn *connection), (connection))                                              \
    FUNCTION(void, PQfinish, (PGconn *connection), (connection))                                                       \
    FUNCTION(unsigned, PQstatus, (const PGconn *connection), (connection))                                             \
    FUNCTION(unsigned, PQtransactionStatus, (const PGconn *connection), (connection))                                  \
    FUNCTION(const char *, PQparameterStatus, (const PGconn *connection, const char *name), (connection, name))        \
    FUNCTION(int, PQserverVersion, (const PGconn *connection), (connection))                                           \
    FUNCTION(char *, PQerrorMessage, (const PGconn *connection), (connection))                                         \
    FUNCTION(int, PQsocket, (const PGconn *connection), (connection))                                                  \
    FUNCTION(int, PQbackendPID, (const PGconn *connection), (connection))                                              \
    FUNCTION(char *, PQhost, (const PGconn *connection), (connection))                                                 \
    FUNCTION(char *, PQport, (const PGconn *connection), (connection))                                                 \
    FUNCTION(char *, PQdb, (const PGconn *connection), (connection))                                                   \
    FUNCTION(char *, PQuser, (const PGconn *connection), (connection))                                                 \
    FUNCTION(int, PQsslInUse, (PGconn *connection), (connection))                                                      \
    FUNCTION(int, PQconnectionNeedsPassword, (const PGconn *connection), (connection))                                 \
    FUNCTION(unsigned, PQsetErrorVerbosity, (PGconn *connection, unsigned verbosity), (connection, verbosity))         \
    FUNCTION(akin_notice_receiver, PQsetNoticeReceiver,                                                                \
             (PGconn *connection, akin_notice_receiver receiver, void *context), (connection, receiver, context))      \
    FUNCTION(int, PQsetnonblocking, (PGconn *connection, int value), (connection, value))                              \
    FUNCTION(PGcancel *, PQgetCancel, (PGconn *connection), (connection))                                              \
    FUNCTION(void, PQfreeCancel, (PGcancel *cancel), (cancel))                                                         \
    FUNCTION(int, PQcancel, (PGcancel *cancel, char *error, int capacity), (cancel, error, capacity))                  \
    /* Statements */                                                                                                   \
    FUNCTION(int, PQsendQuery, (PGconn *connection, const char *sql), (connection, sql))                               \
    FUNCTION(int, PQsendQueryParams,                                                                                   \
             (PGconn *connection, const char *sql, int count, const akin_oid *types, const char *const *values,        \
              const int *lengths, const int *formats, int result_format),                                              \
             (connection, sql, count, types, values, lengths, formats, result_format))                                 \
    FUNCTION(int, PQsendPrepare,                                                                                       \
             (PGconn *connection, const char *name, const char *sql, int count, const akin_oid *types),                \
             (connection, name, sql, count, types))                                                                    \
    FUNCTION(int, PQsendQueryPrepared,                                                                                 \
             (PGconn *connection, const char *name, int count, const char *const *values, const int *lengths,          \
              const int *formats, int result_format),                                                                  \
             (connection, name, count, values, lengths, formats, result_format))                                       \
    FUNCTION(int, PQsendDescribePrepared, (PGconn *connection, const char *name), (connection, name))                  \
    FUNCTION(int, PQenterPipelineMode, (PGconn *connection), (connection))                                             \
    FUNCTION(int, PQexitPipelineMode, (PGconn *connection), (connection))                                              \
    FUNCTION(int, PQpipelineSync, (PGconn *connection), (connection))                                                  \
    FUNCTION(PGresult *, PQgetResult, (PGconn *connection), (connection))                                              \
    FUNCTION(int, PQisBusy, (PGconn *connection), (connection))                                                        \
    FUNCTION(int, PQconsumeInput, (PGconn *connection), (connection))                                                  \
    FUNCTION(int, PQflush, (PGconn *connection), (connection))                                                         \
    FUNCTION(int, PQputCopyData, (PGconn *connection, const char *bytes, int count), (connection, bytes, count))       \
    FUNCTION(int, PQputCopyEnd, (PGconn *connection, const char *error), (connection, error))                          \
    FUNCTION(int, PQgetCopyData, (PGconn *connection, char **bytes, int asynchronous),                                 \
             (connection, bytes, asynchronous))                                                                        \
    /* Results */                                                                                                      \
    FUNCTION(unsigned, PQresultStatus, (const PGresult *result), (result))                                             \
    FUNCTION(char *, PQresultErrorMessage, (const PGresult *result), (result))                                         \
    FUNCTION(char *, PQresultErrorField, (const PGresult *result, int field), (result, field))                         \
    FUNCTION(int, PQntuples, (const PGresult *result), (result))                                                       \
    FUNCTION(int, PQnfields, (const PGresult *result), (result))                                                       \
    FUNCTION(char *, PQfname, (const PGresult *result, int column), (result, column))                                  \
    FUNCTION(int, PQfformat, (const PGresult *result, int column), (result, column))                                   \
    FUNCTION(akin_oid, PQftype, (const PGresult *result, int column), (result, column))                                \
    FUNCTION(char *, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column))                 \
    FUNCTION(int, PQgetlength, (const PGresult *result, int row, int column), (result, row, column))                   \
    FUNCTION(int, PQgetisnull, (const PGresult *result, int row, int column), (result, row, column))                   \
    FUNCTION(char *, PQcmdStatus, (PGresult *result), (result))                                                        \
    FUNCTION(char *, PQcmdTuples, (PGresult *result), (result))                                                        \
    FUNCTION(void, PQclear, (PGresult *result), (result))                                                              \
    FUNCTION(void, PQfreemem, (void *memory), (memory))

#define AKIN_DECLARE(type, name, parameters, arguments) type akin_##name parameters;
AKIN_POSTGRES_FUNCTIONS(AKIN_DECLARE)
#undef AKIN_DECLARE

/* Opens libpq at the first call. It may be called from any thread, and must have succeeded before another function is
 * called.
 *
 * Returns NULL, or why libpq cannot be used: a sentence part that stays valid. */
const char *akin_postgres_load(void);

/* Asks the server to cancel what a connection runs, and waits for the answer for at most `milliseconds`.
 *
 * PQcancel by itself waits as long as the network does. It runs on a thread of its own here, which ends by itself. The
 * call takes over the one holder of `cancel` that the caller counts: `release(holder)` is called when it is done.
 *
 * Returns whether the server took the request. */
int akin_postgres_cancel(PGcancel *cancel, int milliseconds, void *holder, void (*release)(void *holder));
