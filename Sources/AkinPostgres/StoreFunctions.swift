/// The functions that queries of a store call and PostgreSQL does not have, as statements that make them.
///
/// Those of SQL are put into the statements that call them. Those that catch an error are not for parallel workers, which
/// refuse that before version 17.
enum StoreFunctions {
    /// The statements, for a search path that begins with the schema of the functions.
    static let statements = """
        create function instr(text, text) returns int language sql immutable strict parallel safe
            return strpos($1, $2);

        create function glob(pattern text, value text) returns boolean language sql immutable strict parallel safe
            return $2 ~ ('^' || replace(replace(regexp_replace($1, '([.+(){}|\\\\^$])', '\\\\\\1', 'g'),
                '*', '.*'), '?', '.') || '$');

        create function json_valid(text) returns boolean language plpgsql immutable strict parallel unsafe as $body$
            begin
                perform $1::json;
                return true;
            exception when others then
                return false;
            end
            $body$;

        create function json_extract(text, path text) returns text language plpgsql immutable strict parallel unsafe
            as $body$
            begin
                return nullif(($1::json -> substr($2, 3))::text, 'null');
            exception when others then
                return null;
            end
            $body$;
        """
}
