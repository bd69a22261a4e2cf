package io.byok.codegen;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

/**
 * Generates jOOQ classes from migrations: {@code GenerateTables OUT PACKAGE SCHEMA[,SCHEMA...] MIGRATIONS...}. Runs the
 * migrations on a throw-away PostgreSQL, so vendor types come out as the server sees them. Does nothing when the
 * migrations are those of the last run.
 */
public final class GenerateTables {

    private GenerateTables() {}

    public static void main(String[] args) throws Exception {
        Path out = Path.of(args[0]);
        String packageName = args[1];
        List<String> schemas = List.of(args[2].split(","));
        List<Path> migrations = Arrays.stream(args)
                .skip(3)
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
        Path stamp = out.resolve(".migrations");
        String digest = digest(args, migrations);
        if (Files.exists(stamp) && Files.readString(stamp).equals(digest)) {
            return;
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            DataSource database = postgres.getPostgresDatabase();
            Flyway.configure()
                    .dataSource(database)
                    .locations(
                            migrations.stream().map(dir -> "filesystem:" + dir).toArray(String[]::new))
                    .load()
                    .migrate();
            generate(out, packageName, schemas, database);
        }
        Files.createDirectories(out);
        Files.writeString(stamp, digest);
    }

    private static void generate(Path out, String packageName, List<String> schemas, DataSource database)
            throws Exception {
        try (var connection = database.getConnection()) {
            GenerationTool tool = new GenerationTool();
            tool.setConnection(connection);
            tool.run(new Configuration()
                    .withLogging(Logging.WARN)
                    .withGenerator(new Generator()
                            .withDatabase(new Database()
                                    .withName("org.jooq.meta.postgres.PostgresDatabase")
                                    .withExcludes("flyway_schema_history|.*_p[0-9]+|wall_tenant")
                                    .withSchemata(schemas.stream()
                                            .map(name -> new SchemaMappingType().withInputSchema(name))
                                            .toList()))
                            .withGenerate(new Generate()
                                    .withGlobalCatalogReferences(false)
                                    .withIndexes(false)
                                    .withRecords(true)
                                    .withPojos(false)
                                    .withDaos(false))
                            .withTarget(new Target()
                                    .withPackageName(packageName)
                                    .withDirectory(out.toString())
                                    .withClean(true))));
        }
    }

    private static String digest(String[] args, List<Path> directories) throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(String.join("\n", args).getBytes(StandardCharsets.UTF_8));
        for (Path file : files(directories)) {
            sha256.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            sha256.update(Files.readAllBytes(file));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static List<Path> files(List<Path> directories) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> listed = Files.list(directory)) {
                listed.filter(file -> file.toString().endsWith(".sql")).sorted().forEach(files::add);
            }
        }
        return files;
    }
}
